/** Heatmaps, of jobs and of the command line. */
@NullMarked
package org.bagnetlab.worker.heatmap;

import org.jspecify.annotations.NullMarked;
