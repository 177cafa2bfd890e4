"""GET /.well-known/oauth-authorization-server: what OAuth libraries find out by themselves (RFC 8414)."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sgoffice.documents.publications import publications
from sgoffice.partners import services
from sgoffice.partners.api.oauth import METHODS


def _texts(words: str) -> Any:
    return serializers.ListField(child=serializers.CharField(), help_text=words)


class AuthorizationServerSerializer(serializers.Serializer):
    """The register as an authorization server (RFC 8414)."""

    issuer = serializers.CharField(help_text="The origin of this register.")
    token_endpoint = serializers.CharField(help_text="Where tokens are requested.")
    revocation_endpoint = serializers.CharField(help_text="Where tokens are revoked.")
    grant_types_supported = _texts("Always `client_credentials`.")
    response_types_supported = _texts("None: nobody signs in with a browser.")
    scopes_supported = _texts("The kinds of records; each partner may ask for those it may get.")
    token_endpoint_auth_methods_supported = _texts("How clients sign in there.")
    revocation_endpoint_auth_methods_supported = _texts("How clients sign in there.")
    token_endpoint_auth_signing_alg_values_supported = _texts("How a client may sign its assertion.")
    revocation_endpoint_auth_signing_alg_values_supported = _texts("How a client may sign its assertion.")
    service_documentation = serializers.CharField(help_text="The API document of the exchange.")


class AuthorizationServerView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    http_method_names = ["get", "head"]

    @extend_schema(operation_id="oauth_metadata", responses=AuthorizationServerSerializer, tags=["oauth"])
    def get(self, request: Request) -> Response:
        """Get the metadata of the authorization server.

        Its addresses, grants, scopes and ways of signing in, for OAuth libraries. Unknown parameters are ignored.
        """

        def at(name: str) -> str:
            return request.build_absolute_uri(reverse(name))

        body = {
            "issuer": request.build_absolute_uri("/")[:-1],
            "token_endpoint": at("oauth-token"),
            "revocation_endpoint": at("oauth-revocation"),
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "scopes_supported": sorted(publications()),
            "token_endpoint_auth_methods_supported": METHODS,
            "revocation_endpoint_auth_methods_supported": METHODS,
            "token_endpoint_auth_signing_alg_values_supported": services.ALGORITHMS,
            "revocation_endpoint_auth_signing_alg_values_supported": services.ALGORITHMS,
            "service_documentation": at("partner-openapi"),
        }
        return Response(body)
