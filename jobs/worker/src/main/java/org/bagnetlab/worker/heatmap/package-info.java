/** Heatmaps for jobs and for the command line. */
package org.bagnetlab.worker.heatmap;
