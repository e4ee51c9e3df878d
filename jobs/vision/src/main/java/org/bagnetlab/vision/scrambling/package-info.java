/** Scrambling of images: the report's test of whether a network uses the arrangement of parts. */
@NullMarked
package org.bagnetlab.vision.scrambling;

import org.jspecify.annotations.NullMarked;
