/** Correlation of two variables. */
package org.bagnetlab.vision.correlation;
