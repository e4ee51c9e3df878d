/** Classification of images by local evidence, robust against an adversarial patch. */
package org.bagnetlab.vision.patchrobustness;
