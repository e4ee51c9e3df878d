/** The trainings that other tracking servers have. */
package org.bagnetlab.storage.mirror;
