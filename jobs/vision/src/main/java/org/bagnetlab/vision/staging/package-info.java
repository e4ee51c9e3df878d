/** Folders that appear completely or not at all. */
package org.bagnetlab.vision.staging;
