// Tells the server whose midnight parts the days of a timeline.

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

if (timeZone && !document.cookie.split("; ").includes(`timezone=${timeZone}`)) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `timezone=${timeZone}; path=/; max-age=31536000; samesite=lax${secure}`;
}
