/** Statistics computed from stored predictions, without a worker. */
package org.bagnetlab.experiment.statistic;
