/** The common parts of experiments that mask parts of images. */
package org.bagnetlab.experiment.masking;
