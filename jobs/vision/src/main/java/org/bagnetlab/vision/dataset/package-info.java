/**
 * Data sets: labelled images, which can be relabelled and loaded as a network's input. The packages
 * below contain the sources of data sets and their splits. Independent of engines.
 */
package org.bagnetlab.vision.dataset;
