/** Data sets that come with the program: drawn by code, so that the truth about them is known. */
@NullMarked
package org.bagnetlab.vision.dataset.generated;

import org.jspecify.annotations.NullMarked;
