/** Recognition of images by local evidence despite an adversarial patch. */
package org.bagnetlab.vision.patchrobustness;
