@NullMarked
package org.bagnetlab.experiment.statistic;

import org.jspecify.annotations.NullMarked;
