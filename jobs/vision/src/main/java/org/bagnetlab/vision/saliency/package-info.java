/** Methods that show which pixels of an image matter for a class's logit. */
package org.bagnetlab.vision.saliency;
