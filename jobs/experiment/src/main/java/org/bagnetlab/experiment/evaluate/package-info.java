/** Measures a trained network again. */
package org.bagnetlab.experiment.evaluate;
