/**
 * Predictions image by image: those of one run, errors that runs share, and test images that were
 * seen before.
 */
@NullMarked
package org.bagnetlab.server.results.image;

import org.jspecify.annotations.NullMarked;
