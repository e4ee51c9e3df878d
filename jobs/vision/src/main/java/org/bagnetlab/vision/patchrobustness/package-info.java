/** Recognising images by local evidence although a patch of them is an adversary's. */
@NullMarked
package org.bagnetlab.vision.patchrobustness;

import org.jspecify.annotations.NullMarked;
