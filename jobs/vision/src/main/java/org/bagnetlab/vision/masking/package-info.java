/** Networks on images with masked parts. */
package org.bagnetlab.vision.masking;
