@NullMarked
package org.bagnetlab.worker.heatmap;

import org.jspecify.annotations.NullMarked;
