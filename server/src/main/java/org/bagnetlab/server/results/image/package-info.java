/**
 * Predictions image by image: of one run, errors that runs share, and test images that were seen in
 * training.
 */
@NullMarked
package org.bagnetlab.server.results.image;

import org.jspecify.annotations.NullMarked;
