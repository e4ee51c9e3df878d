/** Statistics computed from stored predictions, without a worker. */
@NullMarked
package org.bagnetlab.experiment.statistic;

import org.jspecify.annotations.NullMarked;
