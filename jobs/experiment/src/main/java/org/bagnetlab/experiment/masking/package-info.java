/** What experiments that mask parts of images have in common. */
@NullMarked
package org.bagnetlab.experiment.masking;

import org.jspecify.annotations.NullMarked;
