/**
 * Predictions image by image: of one run, errors that runs share, and test images that were seen in
 * training.
 */
package org.bagnetlab.server.results.image;
