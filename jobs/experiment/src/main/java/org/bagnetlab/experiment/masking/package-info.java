/** The common parts of experiments that mask parts of images. */
@NullMarked
package org.bagnetlab.experiment.masking;

import org.jspecify.annotations.NullMarked;
