/** Folders that are created atomically, either completely or not at all. */
package org.bagnetlab.vision.staging;
