using System.Linq.Expressions;
using HandlebarsDotNet;
using HandlebarsDotNet.Features;

namespace DuskStack.Templating;

/// <summary>
/// Lets templates be interpreted. Compiled to machine code, which Handlebars.Net does, a template takes longer to start than most projects render it.
/// </summary>
internal sealed class Interpretation : IFeatureFactory, IFeature, IExpressionCompiler
{
    public IFeature CreateFeature() => this;

    // After the library has set its own: features without an order come last.
    public void OnCompiling(ICompiledHandlebarsConfiguration configuration) => configuration.ExpressionCompiler = this;

    public void CompilationCompleted()
    {
    }

    public T Compile<T>(Expression<T> expression)
        where T : class, Delegate => expression.Compile(preferInterpretation: true);
}
