if (location.pathname === '/figure') {
  const { openFigures } = await import('./figure/figure-page.js');
  openFigures(new URLSearchParams(location.search));
} else {
  const { openDashboard } = await import('./app/dashboard.js');
  openDashboard();
}

export {};
