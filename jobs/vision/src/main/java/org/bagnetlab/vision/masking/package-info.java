/** Networks on images with masked parts. */
@NullMarked
package org.bagnetlab.vision.masking;

import org.jspecify.annotations.NullMarked;
