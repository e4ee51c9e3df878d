/** Folders that appear completely or not at all. */
@NullMarked
package org.bagnetlab.vision.staging;

import org.jspecify.annotations.NullMarked;
