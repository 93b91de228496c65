// Sets the theme before anything is painted, so nothing flashes; theme.js goes on from here.
// A classic script, because modules only run once the page is parsed.
(() => {
  const DARK_THEMES = ['cyborg', 'darkly', 'quartz', 'slate', 'solar', 'superhero', 'vapor'];
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('theme') ?? '{}') ?? {};
  } catch {
    // What cannot be read, or may not be, is as good as nothing kept.
  }
  const name = /^[a-z]+$/.test(kept.name ?? '') ? kept.name : 'bootstrap';
  const isDark = kept.mode === 'dark'
      || (kept.mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const isDarkOnly = DARK_THEMES.includes(name);
  document.documentElement.dataset.bsTheme = isDark && !isDarkOnly ? 'dark' : 'light';
  document.documentElement.dataset.scheme = isDark || isDarkOnly ? 'dark' : 'light';
  const sheet = document.createElement('link');
  sheet.id = 'theme';
  sheet.dataset.theme = '';
  sheet.rel = 'stylesheet';
  sheet.blocking = 'render';
  sheet.onerror = () => {
    sheet.dataset.failed = '';
  };
  sheet.href = `dashboard/lib/themes/${name}.css`;
  document.head.append(sheet);
})();
