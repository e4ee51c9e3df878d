/** Trains a network and measures it. */
package org.bagnetlab.experiment.train;
