/** Heatmaps for jobs and for the command line. */
@NullMarked
package org.bagnetlab.worker.heatmap;

import org.jspecify.annotations.NullMarked;
