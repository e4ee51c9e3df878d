/** The effective receptive field of a trained network. */
package org.bagnetlab.experiment.effectivefield;
