/** Networks on images of which parts are masked. */
@NullMarked
package org.bagnetlab.vision.masking;

import org.jspecify.annotations.NullMarked;
