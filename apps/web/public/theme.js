// Sets light or dark before anything is painted, so that a dark page does not flash white.
(() => {
  let wanted = 'system';
  try {
    wanted = JSON.parse(localStorage.getItem('logonscope-preferences') ?? '{}').state?.theme ?? 'system';
  } catch {
    // Storage may be closed to us or hold anything; the system's theme is a good answer then.
  }
  const dark =
    wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
