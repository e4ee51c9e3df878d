/** Shows where a network sees the evidence for a class. */
@NullMarked
package org.bagnetlab.experiment.heatmap;

import org.jspecify.annotations.NullMarked;
