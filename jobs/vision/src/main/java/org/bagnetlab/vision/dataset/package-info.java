/**
 * Data sets: labelled images, which can be relabelled and loaded as a network's input. Subpackages
 * contain the sources of data sets and their splits. This package does not depend on any engine.
 */
package org.bagnetlab.vision.dataset;
