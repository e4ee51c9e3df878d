/** Copies trainings to other tracking servers, in one direction. */
package org.bagnetlab.server.mirror;
