/**
 * The routes under {@code /api/v1}, with a class for each kind of resource, and readers of
 * requests.
 */
package org.bagnetlab.server.http.route;
