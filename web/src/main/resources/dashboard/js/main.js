import { openDashboard } from './app/dashboard.js';

// Every module of the bundle imports this one, so it must not await any.
if (location.pathname === '/figure') {
  import('./figure/figure-page.js').then(({ openFigures }) => openFigures(new URLSearchParams(location.search)));
} else {
  openDashboard();
}
