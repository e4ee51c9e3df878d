/**
 * The HTTP interface and the dashboard's files: combines the guards, routes and pages of the
 * packages below, and responds to requests that none of them handles.
 */
package org.bagnetlab.server.http;
