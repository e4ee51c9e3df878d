/** How much evidence comes from where a class can be told, where that is known. */
@NullMarked
package org.bagnetlab.vision.localisation;

import org.jspecify.annotations.NullMarked;
