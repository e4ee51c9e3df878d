/** The results of experiments: numbers, curves, matrices, pictures and maps. */
package org.bagnetlab.experiment.output;
