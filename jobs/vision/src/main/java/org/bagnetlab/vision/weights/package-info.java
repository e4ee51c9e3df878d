/** Imported weights: their files and their origin. */
package org.bagnetlab.vision.weights;
