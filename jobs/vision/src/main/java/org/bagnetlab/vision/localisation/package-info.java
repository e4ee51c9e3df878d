/** How well evidence points at what makes out a class, where that is known. */
@NullMarked
package org.bagnetlab.vision.localisation;

import org.jspecify.annotations.NullMarked;
