/**
 * Predictions for individual images: those of one run, errors that several runs share, and test
 * images that were also used in training.
 */
package org.bagnetlab.server.results.image;
