import { openDashboard } from './app/dashboard.js';
import { FIGURE_PATH, openFigures } from './figure/figure-page.js';

if (location.pathname === FIGURE_PATH) {
  openFigures(new URLSearchParams(location.search));
} else {
  openDashboard();
}
