"""The command line: `stet …`, also reachable as `flask --app webapp …`."""

from flask import Flask

from webapp.cli import backup, checkpoint, demo, doctor, exports, history, imports, serve, setup, users, verify

COMMANDS = (
    serve.serve,
    setup.setup,
    users.users,
    imports.imports,
    exports.exports,
    verify.verify,
    checkpoint.checkpoint,
    backup.backup,
    backup.restore_backup,
    history.history,
    doctor.doctor,
    demo.demo,
)


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
