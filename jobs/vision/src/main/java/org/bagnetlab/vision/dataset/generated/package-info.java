/** Built-in data sets, whose images are drawn by code, so that the ground truth is known. */
@NullMarked
package org.bagnetlab.vision.dataset.generated;

import org.jspecify.annotations.NullMarked;
